/** Checks of docker-compose.yml and k8s/ against what the services are. */
@NullMarked
package dev.colorstream.qa.deployment;

import org.jspecify.annotations.NullMarked;
