"""What people do with files on their way in and out, one module a matter."""
