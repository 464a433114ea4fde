import ByteStreams
package import Documents
package import Domain
import ExactMoney
package import Pages

/// A workspace whose files were all read and checked.
package struct LoadedWorkspace: Sendable {
  package let root: String
  package var configuration: Configuration
  package let plans: Plans
  package let registry: Registry
  package let exchangeRates: ExchangeRates
  package let adjustments: [Adjustment]
  package let profiles: Profiles
  /// How statements look and speak.
  package let design: StatementDesign
  /// The page of statements.
  package let template: StatementTemplate
  /// Who may approve payment files, in the order of the file.
  package let approvers: [Approver]
  /// Every file that was read, relative to the workspace, sorted by the bytes of the path.
  package let inputs: [(path: String, bytes: [UInt8])]
  /// Those of ``exchangeRates`` that are not in the workspace's file.
  package private(set) var goneRates = ExchangeRates([:])

  /// The same with exchange rates that are more than those of the file.
  package func with(exchangeRates: ExchangeRates) -> LoadedWorkspace {
    var workspace = LoadedWorkspace(
      root: root, configuration: configuration, plans: plans, registry: registry,
      exchangeRates: exchangeRates, adjustments: adjustments, profiles: profiles, design: design,
      template: template, approvers: approvers, inputs: inputs)
    let own = self.exchangeRates.entries
    workspace.goneRates = ExchangeRates(exchangeRates.entries.filter { own[$0.key] == nil })
    return workspace
  }
}

/// Reads a workspace: all problems at once, as findings.
package struct WorkspaceLoader {
  private static let configurationFile = "payout.yaml"

  private let root: String
  private var inputs: [(path: String, bytes: [UInt8])] = []
  private var findings: [Finding] = []

  private init(root: String) {
    self.root = root
  }

  /// Reads everything that a run goes by: configuration, plans, registry, rates, adjustments.
  ///
  /// A problem in one file does not keep the others from being read. Nothing is thrown: a file
  /// that cannot be read is a finding too.
  ///
  /// - Returns: The findings in the order of ``Finding/precedes(_:_:)``; no workspace where one of
  ///   them is an error.
  package static func load(root: String) -> (workspace: LoadedWorkspace?, findings: [Finding]) {
    var loader = WorkspaceLoader(root: root)
    let workspace = loader.load()
    let sorted = loader.findings.sorted(by: Finding.precedes)
    return (sorted.contains { $0.severity == .error } ? nil : workspace, sorted)
  }

  /// The nearest directory upward, links resolved, that has a `payout.yaml`.
  package static func locate(from directory: String) -> String? {
    guard var path = FileSystem.resolve(directory) else { return nil }
    while FileSystem.kind(joined(path, configurationFile)) != .file {
      let parent = FileSystem.parent(of: path)
      if parent == path { return nil }
      path = parent
    }
    return path
  }

  /// Whether a YAML file says of itself that it is a profile.
  private static func isProfile(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: 0x0A).contains { $0.starts(with: Array("profile:".utf8)) }
  }

  /// The problems of one plan, of a profile, or of a `payout.yaml`, without the rest of the workspace.
  ///
  /// - Parameters:
  ///   - bytes: Of the file.
  ///   - file: Its name in the findings; `payout.yaml` is configuration, what has the key `profile`
  ///     a profile, all else a plan.
  package static func check(yaml bytes: [UInt8], file: String) -> [Finding] {
    let isConfiguration = FileSystem.name(of: file) == configurationFile
    var findings = FindingList(
      file: file, bytes: bytes, excerpts: isConfiguration ? .withoutPayer : .shown)
    if isConfiguration {
      _ = ConfigurationFile.read(bytes, profileNames: nil, &findings)
    } else if isProfile(bytes) {
      let name = FileSystem.name(of: file)
      _ = ProfileFile.read(bytes, name: String(name.dropLast(5)), &findings)
    } else {
      _ = PlanFile.read(bytes, &findings)
    }
    return findings.finished().sorted(by: Finding.precedes)
  }

  /// The configuration in the bytes of a `payout.yaml`; nil if it has errors.
  package static func configuration(_ bytes: [UInt8]) -> Configuration? {
    var findings = FindingList(file: configurationFile)
    return ConfigurationFile.read(bytes, profileNames: nil, &findings)
  }

  /// The problems of a plan file.
  ///
  /// - Parameter path: Of the file, and its name in the findings.
  package static func checkPlan(path: String) -> [Finding] {
    do {
      return check(yaml: try FileSystem.readFile(path), file: path)
    } catch {
      return [unreadable(path, error)]
    }
  }

  /// The exchange rates of a file; nil if it cannot be read or has errors.
  package static func exchangeRates(path: String) -> ExchangeRates? {
    var findings: [Finding] = []
    guard let bytes = try? FileSystem.readFile(path) else { return nil }
    let rates = ExchangeRatesFile.read(bytes, &findings)
    return findings.contains { $0.severity == .error } ? nil : rates
  }

  // MARK: The whole workspace

  private mutating func load() -> LoadedWorkspace? {
    let profiles = loadProfiles()
    let configuration = loadConfiguration(profiles.names)
    var planFiles = loadPlans()
    let plans = planFiles.plans(&findings)
    var names = planFiles.names(plans)
    if planFiles.count == 0 { names.knowsAllPrograms = false }
    var tables: [RegistryFiles.Table: [UInt8]] = [:]
    for table in RegistryFiles.Table.allCases {
      tables[table] = read(
        table.path, missing: "Create it; without rows it has at least its header: \(table.header)")
    }
    let registry = RegistryFiles.read(&names, &findings) { tables[$0] }
    var rates = ExchangeRates([:])
    if let bytes = read(ExchangeRatesFile.path) {
      rates = ExchangeRatesFile.read(bytes, &findings)
    }
    var adjustments: [Adjustment] = []
    if let bytes = read(AdjustmentsFile.path) {
      adjustments = AdjustmentsFile.read(bytes, names, &findings)
    }
    let approvers = read(ApproversFile.path).map { ApproversFile.read($0, &findings) } ?? []
    guard let configuration else { return nil }
    let statements = StatementDesignFiles(configuration.statements, root: root) { read($0) }
    findings += statements.findings
    return LoadedWorkspace(
      root: root, configuration: configuration, plans: plans, registry: registry,
      exchangeRates: rates, adjustments: adjustments, profiles: profiles,
      design: statements.design, template: statements.page, approvers: approvers,
      inputs: inputs.sorted { precedesInBytes($0.path, $1.path) })
  }

  /// The workspace's own profiles; the directory may be missing.
  private mutating func loadProfiles() -> Profiles {
    var profiles = Profiles()
    guard FileSystem.exists(path("profiles")) else { return profiles }
    do {
      for name in try FileSystem.listDirectory(path("profiles"))
      where !name.hasPrefix(".") && name.hasSuffix(".yaml") {
        let file = "profiles/" + name
        guard let bytes = read(file, missing: "Remove the link or mend it.") else { continue }
        profiles.add(bytes, name: String(name.dropLast(5)), file: file, &findings)
      }
    } catch {
      findings.append(WorkspaceLoader.unreadable("profiles", error))
    }
    return profiles
  }

  private mutating func loadConfiguration(_ profileNames: [String]) -> Configuration? {
    let file = WorkspaceLoader.configurationFile
    let remedy = "Run the command in a workspace, or make one with payout init."
    guard let bytes = read(file, missing: remedy) else { return nil }
    var list = FindingList(file: file, bytes: bytes, excerpts: .withoutPayer)
    let configuration = ConfigurationFile.read(bytes, profileNames: profileNames, &list)
    findings += list.finished()
    return configuration
  }

  private mutating func loadPlans() -> PlanFiles {
    var plans = PlanFiles()
    let names: [String]
    do {
      // Editors keep copies under names that begin with a point.
      names = try FileSystem.listDirectory(path("plans")).filter { !$0.hasPrefix(".") }
    } catch {
      findings.append(WorkspaceLoader.unreadable("plans", error))
      return plans
    }
    for name in names where name.hasSuffix(".yaml") {
      if let bytes = read("plans/" + name, missing: "Remove the link or mend it.") {
        plans.add(bytes, file: "plans/" + name)
      }
    }
    for name in names where name.hasSuffix(".yml") {
      report(
        "plans/" + name, "the file is not read, as the names of plans end in .yaml",
        remedy: "Rename it to end in .yaml, or move it away.")
    }
    if !names.contains(where: { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }) {
      report(
        "plans", "there is no plan",
        remedy: "Write one file for each program into plans/, with a name that ends in .yaml.")
    }
    return plans
  }

  // MARK: Files

  /// Reads a file.
  ///
  /// - Parameter remedy: What to do where it is missing; nil where that is no problem.
  private mutating func read(_ file: String, missing remedy: String? = nil) -> [UInt8]? {
    guard FileSystem.exists(path(file)) else {
      if let remedy { report(file, "the file is missing", remedy: remedy) }
      return nil
    }
    guard isInside(file) else {
      report(
        file, "it is a link that leads out of the workspace, which is not followed",
        remedy: "Put a copy of the file itself in its place.")
      return nil
    }
    do {
      let bytes = try FileSystem.readFile(path(file))
      inputs.append((file, bytes))
      return bytes
    } catch {
      findings.append(WorkspaceLoader.unreadable(file, error))
      return nil
    }
  }

  /// Whether a file, links resolved, is in the workspace. Errors quote files: whoever may write here
  /// must not have others read out by the user who runs the program.
  private func isInside(_ file: String) -> Bool {
    guard let base = FileSystem.resolve(root), let found = FileSystem.resolve(path(file)) else {
      return false
    }
    return found.hasPrefix(base == "/" ? base : base + "/")
  }

  private func path(_ file: String) -> String {
    WorkspaceLoader.joined(root, file)
  }

  private static func joined(_ directory: String, _ file: String) -> String {
    directory.hasSuffix("/") ? directory + file : directory + "/" + file
  }

  private mutating func report(_ file: String, _ message: String, remedy: String) {
    findings.append(Finding(.X901, feed: file, message: message, remedy: remedy))
  }

  private static func unreadable(_ file: String, _ error: FileError) -> Finding {
    Finding(
      .X901, feed: file, message: SafeText.escaped(error.description),
      remedy: "Make it a regular file that the user who runs payout may read.")
  }
}
