import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates feeds, plans and registries without side effects.",
    discussion: """
      With a workspace, feeds are checked against its registry and plans; without one, what needs
      them is left out. Without files, the workspace and its inbox are checked.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions

  @Argument(help: "Feeds, plans, or files of a registry.")
  var files: [String] = []

  func run() throws {
    let root = options.workspace ?? WorkspaceLocation.nearest(to: files.first)
    do throws(RunFailure) {
      var report = try CheckPipeline(files: files, root: root).run()
      let code: Int32 = options.failOn.fails(report.findings.worst) ? 1 : 0
      report.findings.exitCode = code
      try findings.show(report.findings, options)
      if !report.usedWorkspace, report.findings.sources.contains(where: { $0.rows != nil }) {
        Terminal.talk(
          "no workspace: partners, programs, levers and rates were not checked (R205-R209, R213)\n")
      }
      findings.summary(
        "files=\(report.files) rows=\(report.rows) findings=\(report.findings.total)"
          + " exit=\(code)\n")
      Glibc.exit(code)
    } catch {
      findings.fail(error, options, root: root)
    }
  }
}
