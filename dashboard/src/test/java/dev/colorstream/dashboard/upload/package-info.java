/** Tests of uploads to the page. */
@NullMarked
package dev.colorstream.dashboard.upload;

import org.jspecify.annotations.NullMarked;
