import ByteStreams
package import Domain
import ExactMoney

/// A workspace whose files were all read and checked.
package struct LoadedWorkspace: Sendable {
  package let root: String
  package let configuration: Configuration
  package let plans: Plans
  package let registry: Registry
  package let exchangeRates: ExchangeRates
  package let adjustments: [Adjustment]
  /// Every file that was read, by path.
  package let inputs: [(path: String, bytes: [UInt8])]
}

/// Reads a workspace: all problems at once, as findings.
package struct WorkspaceLoader {
  private let root: String
  private var inputs: [(path: String, bytes: [UInt8])] = []
  private var findings: [Finding] = []

  private init(root: String) {
    self.root = root
  }

  /// Reads all configuration of a workspace.
  ///
  /// - Returns: No workspace where there is any problem.
  package static func load(root: String) -> (workspace: LoadedWorkspace?, findings: [Finding]) {
    var loader = WorkspaceLoader(root: root)
    let workspace = loader.load()
    let sorted = loader.findings.sorted(by: Finding.precedes)
    return (sorted.isEmpty ? workspace : nil, sorted)
  }

  /// The nearest directory upward that has a `payout.yaml`.
  package static func locate(from directory: String) -> String? {
    guard var path = FileSystem.resolve(directory) else { return nil }
    while true {
      if FileSystem.kind(path + "/payout.yaml") == .file { return path }
      let parent = FileSystem.parent(of: path)
      if parent == path || path == "/" { return nil }
      path = parent
    }
  }

  /// The problems of one plan or configuration file alone.
  package static func check(yaml bytes: [UInt8], file: String) -> [Finding] {
    var findings = FindingList(file: file)
    if FileSystem.name(of: file) == "payout.yaml" {
      _ = ConfigurationFile.read(bytes, &findings)
    } else {
      _ = PlanFile.read(bytes, &findings)
    }
    return findings.findings
  }

  private mutating func load() -> LoadedWorkspace? {
    let configuration = read("payout.yaml", required: true).flatMap { bytes in
      with("payout.yaml") { ConfigurationFile.read(bytes, &$0) }
    }
    guard let plans = loadPlans() else { return nil }
    var files = RegistryFiles(plans: plans)
    var registryBytes: [String: [UInt8]] = [:]
    for name in RegistryFiles.names {
      registryBytes[name] = read("registry/\(name).csv", required: true)
    }
    let registry = files.read { registryBytes[$0] }
    findings += files.findings
    var rates = ExchangeRates([:])
    if let bytes = read("exchange-rates.csv", required: false) {
      rates = ExchangeRatesFile.read(bytes, &findings)
    }
    var adjustments: [Adjustment] = []
    if let registry, let bytes = read("adjustments.csv", required: false) {
      adjustments = AdjustmentsFile.read(
        bytes, registry: registry, plans: plans, &findings)
    }
    guard let configuration, let registry else { return nil }
    return LoadedWorkspace(
      root: root, configuration: configuration, plans: plans, registry: registry,
      exchangeRates: rates, adjustments: adjustments,
      inputs: inputs.sorted { precedesInBytes($0.path, $1.path) })
  }

  private mutating func loadPlans() -> Plans? {
    let names: [String]
    do {
      names = try FileSystem.listDirectory(root + "/plans").filter { !$0.hasPrefix(".") }
    } catch {
      report(.X901, "plans", error.description)
      return nil
    }
    var plans: [Plan] = []
    let before = findings.count
    for name in names where name.hasSuffix(".yaml") {
      guard let bytes = read("plans/" + name, required: true) else { continue }
      if let plan = with("plans/" + name, { PlanFile.read(bytes, &$0) }) { plans.append(plan) }
    }
    for name in names where name.hasSuffix(".yml") {
      report(.X901, "plans/" + name, "plans end in .yaml; this file is not read")
    }
    if plans.isEmpty, findings.count == before {
      report(.X901, "plans", "there is no plan: a workspace has at least one plans/*.yaml")
    }
    checkNames(plans)
    return findings.count == before ? Plans(plans) : nil
  }

  private mutating func checkNames(_ plans: [Plan]) {
    var owners: [String: String] = [:]
    for plan in plans {
      for name in [plan.program] + plan.aliases {
        if let other = owners[name] {
          var list = FindingList(file: plan.file)
          list.add(
            .X906, line: nil, field: name == plan.program ? "program" : "aliases", value: name,
            "the name is used in \(other) already")
          findings += list.findings
        }
        owners[name] = plan.file
      }
    }
  }

  private mutating func with<Value>(
    _ file: String, _ read: (inout FindingList) -> Value?
  ) -> Value? {
    var list = FindingList(file: file)
    let value = read(&list)
    findings += list.findings
    return value
  }

  private mutating func read(_ path: String, required: Bool) -> [UInt8]? {
    let full = root + "/" + path
    guard FileSystem.exists(full) else {
      if required { report(.X901, path, "the file is missing") }
      return nil
    }
    do {
      let bytes = try FileSystem.readFile(full)
      inputs.append((path, bytes))
      return bytes
    } catch {
      report(.X901, path, error.description)
      return nil
    }
  }

  private mutating func report(_ code: FindingCode, _ file: String, _ message: String) {
    findings.append(Finding(code, feed: file, message: message))
  }
}
