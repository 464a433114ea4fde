import ArgumentParser
import Domain
import Pipeline
import Workers

/// When a finding makes the exit code 1.
enum FailOn: String, ExpressibleByArgument, CaseIterable {
  case error, warning, never

  func fails(_ worst: Severity?) -> Bool {
    guard let worst else { return false }
    return switch self {
    case .error: worst >= .error
    case .warning: worst >= .warning
    case .never: false
    }
  }
}

/// When output is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// The options of the verbs that work on a workspace.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The workspace; otherwise the nearest directory upward with a payout.yaml.",
      valueName: "dir"))
  var workspace: String?

  @Option(
    help: ArgumentHelp(
      "On how many threads to work, 1 to \(Threads.countMax); otherwise one per processor, 4 at"
        + " most. What is written does not depend on it.", valueName: "n"))
  var threads: Int?

  @Flag(help: "Show no findings, only the summary line and what stops the command.")
  var quiet = false

  @Flag(help: "Log what is done to standard error.")
  var verbose = false

  @Option(help: "Colour the findings; NO_COLOR is honoured.")
  var color = ColorChoice.auto

  @Option(help: "The severity from which on the exit code is 1.")
  var failOn = FailOn.error

  func validate() throws {
    if workspace?.isEmpty == true {
      throw ValidationError("--workspace needs the name of a directory")
    }
    guard let threads else { return }
    guard (1...Threads.countMax).contains(threads) else {
      throw ValidationError("--threads is a number from 1 to \(Threads.countMax)")
    }
    Threads.use(threads)
  }

  /// The workspace that is meant.
  ///
  /// - Throws: ``RunFailure`` if there is none.
  func root() throws(RunFailure) -> String {
    if let workspace { return try WorkspaceLocation.named(workspace) }
    guard let root = WorkspaceLocation.nearest() else {
      throw RunFailure(
        .noInput, "no payout.yaml here or above: name a workspace with --workspace")
    }
    return root
  }
}
