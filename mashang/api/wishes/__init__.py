"""Operations on the room `wishes`."""
