/**
 * The images of {@code runners/docker} made without Docker, as far as no base image is needed:
 * their lines are carried out in folders, one for each stage.
 */
@NullMarked
package io.ticketflow.runners.image;

import org.jspecify.annotations.NullMarked;
