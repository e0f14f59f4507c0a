package dev.colorstream.colorizer.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/** The readers and writers of ImageIO, each taken by name: which one serves a format must not hang on the class path. */
final class Codecs {
    private static final String OF_THE_JDK = "com.sun.imageio.plugins.";

    private Codecs() {}

    /** A reader of the format; the caller disposes of it. */
    static ImageReader reader(PhotoFormat format) {
        return switch (format) {
            case JPEG, PNG, GIF, BMP -> reader(ofTheJdk(ImageReaderSpi.class, format.name()));
            case TIFF -> reader(new TIFFImageReaderSpi());
            case WEBP -> reader(new WebPImageReaderSpi());
        };
    }

    /** A writer of the JDK's; the caller disposes of it. */
    static ImageWriter writer(String format) {
        try {
            return ofTheJdk(ImageWriterSpi.class, format).createWriterInstance();
        } catch (IOException impossible) {
            throw new UncheckedIOException("making a writer of " + format, impossible);
        }
    }

    private static ImageReader reader(ImageReaderSpi provider) {
        try {
            return provider.createReaderInstance();
        } catch (IOException impossible) {
            throw new UncheckedIOException("making a reader by " + provider, impossible);
        }
    }

    private static <P extends ImageReaderWriterSpi> P ofTheJdk(Class<P> kind, String format) {
        Iterator<P> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
        while (providers.hasNext()) {
            P provider = providers.next();
            boolean isOfTheJdk = provider.getClass().getName().startsWith(OF_THE_JDK);
            if (isOfTheJdk && Arrays.asList(provider.getFormatNames()).contains(format.toLowerCase(Locale.ROOT))) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java has no " + kind.getSimpleName() + " of its own for " + format);
    }
}
