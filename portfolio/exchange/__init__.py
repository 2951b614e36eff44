"""Exchange: workbooks in and out."""
