package dev.colorstream.dashboard.state;

import java.util.List;
import java.util.Optional;

/**
 * Some photos of a job.
 *
 * @param photos the newest first
 * @param next what to ask for to see the following ones; empty where none follow
 */
public record PhotoPage(List<PhotoState> photos, Optional<String> next) {
    public PhotoPage {
        photos = List.copyOf(photos);
    }
}
