import ArgumentParser

/// The command: verbs, flags and exit codes; no rules.
@main
struct PayoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "payout",
    abstract: "Computes partners' payouts from feeds of their earnings.",
    discussion: """
      A workspace is a directory with a payout.yaml, a registry, plans and an inbox of feeds.
      `payout init DIR` makes one to look at, `payout run` in it writes outbox/<period>/.
      """,
    version: "0.1.0",
    subcommands: [
      InitCommand.self, CheckCommand.self, RunCommand.self, CloseCommand.self,
      PaymentsCommand.self, ApproveCommand.self, ReconcileCommand.self, RetakeCommand.self,
      StatusCommand.self,
      VerifyCommand.self, ExplainCommand.self,
      StatementCommand.self, DiffCommand.self,
    ])
}
