package dev.colorstream.contract;

import java.util.List;

/** The buckets of a Colorstream installation, by their default names. */
public final class Buckets {
    /** Gray photos that clients brought; a request that names no bucket means this one. */
    public static final String UPLOADS = "uploads";

    /** Color photos, under the keys of {@link dev.colorstream.contract.request.ColorKey}. */
    public static final String COLORIZED = "colorized";

    /** Model versions, one folder each. */
    public static final String MODELS = "models";

    /** Plausibility studies: photos shown to people and what they answered. */
    public static final String STUDIES = "studies";

    private Buckets() {}

    /** All of them. */
    public static List<String> all() {
        return List.of(UPLOADS, COLORIZED, MODELS, STUDIES);
    }
}
