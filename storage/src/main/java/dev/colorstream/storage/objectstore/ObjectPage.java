package dev.colorstream.storage.objectstore;

import java.util.List;

/**
 * A part of a listing.
 *
 * @param objects in the order of their keys' UTF-8 bytes
 * @param last whether no key follows; a page that is not the last has objects
 */
public record ObjectPage(List<ListedObject> objects, boolean last) {
    public ObjectPage {
        objects = List.copyOf(objects);
        if (objects.isEmpty() && !last) {
            throw new IllegalArgumentException("an empty page must be the last");
        }
    }
}
