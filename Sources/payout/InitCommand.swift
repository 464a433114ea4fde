import ArgumentParser
import Pipeline

/// `payout init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Makes a workspace with commented configuration and a small sample.")

  @Argument(help: ArgumentHelp("A new or empty directory.", valueName: "dir"))
  var directory: String

  func run() throws {
    do throws(RunFailure) {
      try InitPipeline(directory: directory).run()
      Terminal.talk("made \(directory); now: payout run --workspace \(directory)\n")
    } catch {
      Terminal.fail(error, FindingView(usesColor: false))
    }
  }
}
