"""Screens composed of many rooms: home, the register list, the initiative's card, search."""
