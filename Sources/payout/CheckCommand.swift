import ArgumentParser
import Domain
import Glibc
import Pipeline

/// `payout check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validates feeds, plans, registries and statements without side effects.",
    discussion: """
      With a workspace, feeds are checked against its registry and plans; without one, what needs
      them is left out. Without files, the workspace and its inbox are checked.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var findings: FindingOptions

  @Argument(help: "Feeds, plans, files of a registry, or statements in CSV or XML.")
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read feeds by this profile, or by that of a .yaml file; otherwise by the one that"
        + " payout.yaml names for their file names.",
      valueName: "name"))
  var profile: String?

  @Flag(help: "Show how each column of the feeds is read, and nothing else.")
  var explainColumns = false

  func validate() throws {
    if files.contains("") { throw ValidationError("the name of a file is empty") }
  }

  func run() throws {
    let found = options.workspace ?? WorkspaceLocation.nearest(to: files.first)
    do throws(RunFailure) {
      let root = try options.workspace.map(WorkspaceLocation.named) ?? found
      let pipeline = try CheckPipeline(files: files, root: root, profile: profile)
      if explainColumns { return show(try pipeline.columns()) }
      var report = try pipeline.run()
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
      findings.fail(error, options, root: found)
    }
  }

  private func show(_ feeds: [(file: String, columns: [FeedColumn])]) {
    for feed in feeds {
      Terminal.data("\(SafeText.shown(feed.file, bytesMax: 1000))\n")
      if feed.columns.isEmpty {
        Terminal.data("  XML: each element fills the field of its name\n")
      }
      let width = feed.columns.map { DisplayWidth.of(SafeText.shown($0.name)) }.max() ?? 0
      for column in feed.columns {
        let number = column.number.map(String.init) ?? ""
        let name = SafeText.shown(column.name)
        let padding = String(repeating: " ", count: width - DisplayWidth.of(name))
        let use = column.use.isEmpty ? "not used" : column.use.joined(separator: "; ")
        Terminal.data(
          String(repeating: " ", count: max(0, 5 - number.count)) + "\(number)  \(name)\(padding)  "
            + "\(use)\n")
      }
    }
  }
}
