/** An object store's address at which faults can be had. */
@NullMarked
package dev.colorstream.qa.faults.proxy;

import org.jspecify.annotations.NullMarked;
