"""What every kernel that executes a page begins with."""

from docs.guide.pictures import speak

speak()
del speak
