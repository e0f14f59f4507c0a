package dev.colorstream.colorizer.image;

/** A picture was read whose samples are of a kind that is not turned into a photo. */
final class UnsupportedPixelsException extends Exception {
    private static final long serialVersionUID = 1;

    UnsupportedPixelsException(String message) {
        super(message);
    }
}
