import ByteStreams
import Domain
import ExactMoney
import FoundationEssentials
import Statements

/// An output directory that a run or a close wrote; every file is what its `run.json` says.
final class DiffSource {
  private struct Manifest: Decodable {
    struct File: Decodable {
      var path: String
      var sha256: String
    }
    var state: String
    var period: String
    var rounding: String
    var outputs: [File]
  }

  let path: String
  let state: String
  let period: String
  let rounding: RoundingMode
  private let digests: [String: String]
  /// In the order of the register.
  private(set) var balances: [DiffBalance.Name: DiffBalance] = [:]
  private let hasStatements: Bool

  /// Opens a directory and reads its register.
  ///
  /// - Throws: ``RunFailure`` with code 66 if it is none, 65 if it is not as it was written.
  init(_ path: String) throws {
    self.path = path
    guard FileSystem.kind(path + "/run.json") == .file else {
      throw RunFailure(
        .noInput,
        "\(path) has no run.json: name a period that was run, or a directory that a run wrote")
    }
    let bytes = try FileSystem.readFile(path + "/run.json")
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(bytes)),
      let rounding = RoundingMode(rawValue: manifest.rounding)
    else { throw DiffSource.changed(path, "run.json") }
    (state, period) = (manifest.state, manifest.period)
    self.rounding = rounding
    digests = Dictionary(
      manifest.outputs.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    hasStatements = manifest.outputs.contains { $0.path.hasPrefix("statements/") }
    let table = try table("register.csv")
    for row in table.rows {
      guard let balance = DiffBalance(table, row) else {
        throw DiffSource.changed(path, "register.csv")
      }
      balances[balance.name] = balance
    }
  }

  private static func changed(_ path: String, _ file: String) -> RunFailure {
    RunFailure(
      .sumsDisagree,
      "\(path)/\(file) is not what was written: a run has replaced it just now, or somebody"
        + " changed it")
  }

  private func table(_ file: String) throws -> DiffTable {
    guard let digest = digests[file] else { throw DiffSource.changed(path, file) }
    let bytes = try FileSystem.readFile(path + "/" + file)
    guard SHA256Digest.of(bytes).hex == digest, let table = DiffTable(bytes) else {
      throw DiffSource.changed(path, file)
    }
    return table
  }

  /// The balances of a partner, with what its statement says.
  ///
  /// - Throws: ``RunFailure`` with code 65 if the statement is not as it was written.
  func balances(of participantId: String, _ names: [DiffBalance.Name]) throws -> [DiffBalance] {
    let own = names.compactMap { balances[$0] }
    guard hasStatements, !own.isEmpty else { return own }
    let candidates = StatementNames.candidates(participantId).map { "statements/\($0).csv" }
    guard let file = candidates.first(where: { digests[$0] != nil }) else {
      throw DiffSource.changed(path, candidates.last ?? "statements")
    }
    let table = try table(file)
    var statements: [DiffBalance.Name: DiffStatement] = [:]
    for row in table.rows {
      guard let currency = Currency(table.text(row, "currency")) else { continue }
      let name = DiffBalance.Name(
        participantId: table.text(row, "participantId"),
        program: table.text(row, "programName"), currency: currency)
      guard try statements[name, default: DiffStatement()].add(table, row, currency) else {
        throw DiffSource.changed(path, file)
      }
    }
    return own.map { balance in
      var balance = balance
      balance.statement = statements[balance.name]
      return balance
    }
  }
}
