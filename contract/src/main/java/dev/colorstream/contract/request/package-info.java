/** What a client asks for: one photo to color, in the forms that the requests topic accepts. */
@NullMarked
package dev.colorstream.contract.request;

import org.jspecify.annotations.NullMarked;
