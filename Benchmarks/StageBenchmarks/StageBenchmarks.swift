import Benchmark
import ByteStreams
import CSV
import Calculation
import Domain
import Eligibility
import ExactMoney
import Feeds
import Foundation
import Workspace

/// What each stage of the corridor costs a row, over a workspace that scripts/benchmark/stages makes.
///
/// The stages of a feed stand on each other: each measures what it names and all before it, so that
/// the difference between two lines is what one stage costs.
let benchmarks: @Sendable () -> Void = {
  let root = ProcessInfo.processInfo.environment["PAYOUT_STAGES"] ?? "."
  guard let workspace = WorkspaceLoader.load(root: root).workspace else {
    fatalError("no workspace in \(root): run scripts/benchmark/stages")
  }
  unsafe Benchmark.defaultConfiguration = .init(
    metrics: [.cpuTotal, .wallClock, .throughput, .peakMemoryResident], maxDuration: .seconds(5))

  measureEngines(root)
  for name in ["001.csv", "001.xml"] where FileSystem.kind("\(root)/inbox/\(name)") == .file {
    measureStages(of: name, workspace)
  }
  measureMoney()
}

/// Bytes alone: the digest, and where values stand.
private func measureEngines(_ root: String) {
  guard let bytes = try? FileSystem.readFile("\(root)/inbox/001.csv") else { return }
  Benchmark("csv: SHA-256 of the feed") { _ in
    var hasher = SHA256Hasher()
    hasher.update(bytes.span)
    blackHole(hasher.finish())
  }
  Benchmark("csv: scan") { _ in
    let scanner = CSVScanner(CSVDialect())
    var index = CSVIndex()
    blackHole(scanner.scan(bytes.span, isLast: true, into: &index))
  }
}

private func measureStages(of name: String, _ workspace: LoadedWorkspace) {
  let syntax = name.suffix(3)
  let feed = FeedFile(
    path: "\(workspace.root)/inbox/\(name)", name: name, limits: workspace.configuration.limits)
  let pricer = RowPricer(plans: workspace.plans, rounding: workspace.configuration.rounding)
  let assessor = EligibilityAssessor(registry: workspace.registry, plans: workspace.plans)

  Benchmark("\(syntax): read into batches") { _ in
    read(feed) { blackHole($0.count) }
  }
  Benchmark("\(syntax): and decode") { _ in
    var stages = Stages(feed, workspace)
    read(feed) { stages.decode(&$0) }
  }
  Benchmark("\(syntax): and price") { _ in
    var stages = Stages(feed, workspace)
    read(feed) { batch in
      stages.decode(&batch)
      stages.price(pricer, &batch)
    }
  }
  Benchmark("\(syntax): and assess") { _ in
    var stages = Stages(feed, workspace)
    read(feed) { batch in
      stages.decode(&batch)
      stages.price(pricer, &batch)
      assessor.assess(&batch)
    }
  }
}

private func read(_ feed: FeedFile, _ body: (inout EarningBatch) -> Void) {
  do {
    blackHole(try FeedReading.read(feed, identify: { _ in }, body: body))
  } catch {
    fatalError("\(feed.name) cannot be read: \(error)")
  }
}

/// The stages after reading, as a run goes through them.
private struct Stages {
  private var decoder: RowDecoder
  private var findings = FindingLog(limit: 100)

  init(_ feed: FeedFile, _ workspace: LoadedWorkspace) {
    decoder = RowDecoder(feed: feed, registry: workspace.registry, plans: workspace.plans)
  }

  mutating func decode(_ batch: inout EarningBatch) {
    decoder.decode(&batch, findings: &findings)
  }

  func price(_ pricer: RowPricer, _ batch: inout EarningBatch) {
    for row in 0..<batch.count
    where !batch.flags[row].contains(.malformed) && batch.levers[row] >= 0 {
      batch.earned[row] = pricer.price(batch, row).earned
    }
  }
}

/// A thousand products with one rounding each: those that fit 64 bits, and those that need more.
private func measureMoney() {
  guard let rate = ExactRate("0.0475") else { fatalError("0.0475 is a rate") }
  for (name, text) in [("narrow", "1234.56"), ("wide", "123456789012345.67")] {
    guard let amount = ExactAmount(text) else { fatalError("\(text) is an amount") }
    Benchmark("money: 1,000 \(name) products") { _ in
      for _ in 0..<1_000 {
        blackHole(try? identity(amount).times(rate, decimals: 6, .halfAwayFromZero))
      }
    }
  }
}
