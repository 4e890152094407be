"""接口: the door of other programs, a union's own app or mini program, by token."""
