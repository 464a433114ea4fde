import ArgumentParser
import Pipeline

/// `payout init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a workspace with commented configuration and a small sample.")

  @Argument(help: ArgumentHelp("A new or empty directory.", valueName: "dir"))
  var directory: String

  func validate() throws {
    // An unset variable of a shell, say; it would mean the root directory.
    if directory.isEmpty { throw ValidationError("name the directory to be made") }
  }

  func run() throws {
    do throws(RunFailure) {
      try InitPipeline(directory: directory).run()
      Terminal.talk("made \(directory); now: payout run --workspace \(directory)\n")
    } catch {
      Terminal.fail(error, FindingView(usesColor: false))
    }
  }
}
