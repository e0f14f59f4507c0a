package dev.colorstream.contract;

/** Text that may stand in an object key, a header, a log line: no control characters, no broken surrogate pairs. */
public final class PlainText {
    private PlainText() {}

    /** Whether the text holds neither control characters nor half of a surrogate pair. */
    public static boolean isPlain(String text) {
        return text.codePoints().allMatch(PlainText::isPlain);
    }

    /** The text with {@code ?} for every character that is not plain, cut to the length where it is longer. */
    public static String clean(String text, int maxCodePoints) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(maxCodePoints).map(c -> isPlain(c) ? c : '?').forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isPlain(int codePoint) {
        return !Character.isISOControl(codePoint)
                && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
