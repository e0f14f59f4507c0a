package dev.colorstream.producertools;

import picocli.CommandLine.Command;

/** Groups what is done with topics. */
@Command(name = "topics", description = "Makes the topics.", subcommands = CreateTopicsCommand.class)
final class TopicsCommand {}
