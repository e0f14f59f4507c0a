/** Where bytes rest: the object store port, its S3 adapter and its decorators. */
@NullMarked
package dev.colorstream.storage.objectstore;

import org.jspecify.annotations.NullMarked;
