"""档案二维码: issue, print, hand over, revoke and resolve the personal QR code."""
