/** Model versions at rest, locally and in an object store: a folder whose manifest says what every file must hash to. */
@NullMarked
package dev.colorstream.storage.modelregistry;

import org.jspecify.annotations.NullMarked;
