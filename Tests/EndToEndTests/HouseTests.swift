import Foundation
import Testing

/// House rules that no tool checks.
@Suite("The house")
struct HouseTests {
  /// What each room may import of ours (docs/architecture.md).
  private static let arrows: [String: Set<String>] = [
    "payout": ["Pipeline", "Reports", "Domain", "Workers"],
    "Pipeline": [
      "Workspace", "Feeds", "Eligibility", "Calculation", "Ledger", "Statements", "Reports",
      "FinanceReports", "Banking", "Documents", "Pages", "Prints", "PrintBlocks", "Domain",
      "ExactMoney", "CSV", "XMLStream", "ByteStreams", "Workers",
    ],
    "Workspace": [
      "Documents", "Pages", "Domain", "ExactMoney", "CSV", "ByteStreams",
    ],
    "Feeds": ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"],
    "Eligibility": ["Domain"],
    "Calculation": ["Domain", "ExactMoney"],
    "Ledger": ["Domain", "ExactMoney", "ByteStreams", "CSQLite"],
    "Statements": ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"],
    "Pages": ["Documents", "Domain", "ExactMoney", "BuiltInTemplates"],
    "Prints": ["Documents", "PrintBlocks", "Domain", "ExactMoney"],
    "PrintBlocks": [],
    "Documents": ["Domain", "ExactMoney"],
    "payout-pdf": ["PDFPages", "PrintBlocks", "ByteStreams", "CLinux"],
    "PDFPages": ["PrintBlocks", "CPango"],
    "Reports": ["Domain", "CSV", "XMLStream"],
    "FinanceReports": ["Workbook", "Domain", "ExactMoney", "CSV", "ByteStreams"],
    "Banking": ["Domain", "ExactMoney", "CSV", "XMLStream", "ByteStreams"],
    "Domain": ["ExactMoney"],
    "ExactMoney": [], "CSV": [], "Workers": [], "XMLStream": ["CLibXML2"],
    "ByteStreams": ["CZlib", "CZstd", "CCrypto", "CLinux"],
    "Workbook": ["ExactMoney", "ByteStreams", "CXLSXWriter"],
  ]

  private static func sources(_ room: String) throws -> [(name: String, text: String)] {
    let folder = Program.root.appending(path: "Sources/" + room)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      (name, try String(contentsOf: folder.appending(path: name), encoding: .utf8))
    }
  }

  @Test("rooms import only what is further down", arguments: arrows.keys.sorted())
  func imports(room: String) throws {
    let rooms = Set(Self.arrows.keys).union([
      "CLibXML2", "CZlib", "CZstd", "CCrypto", "CLinux", "CSQLite", "CPango", "CXLSXWriter",
    ])
    for (name, text) in try Self.sources(room) {
      for match in text.matches(of: #/(?m)^(?:package )?import (\w+)/#) {
        let imported = String(match.1)
        guard rooms.contains(imported) else { continue }
        #expect(Self.arrows[room]?.contains(imported) == true, "\(room)/\(name): \(imported)")
      }
    }
  }

  /// Cairo measures paper in floating point, and the room that talks to it knows texts and no amounts; a
  /// spreadsheet has no other numbers, so the room that writes one has to hand them over.
  private static let floating = ["PDFPages", "Workbook"]

  @Test(
    "no binary floating point in the program",
    arguments: arrows.keys.sorted().filter { !floating.contains($0) })
  func noFloatingPoint(room: String) throws {
    for (name, text) in try Self.sources(room) {
      #expect(!text.contains(#/\b(Double|Float|Decimal)\b/#), "\(room)/\(name)")
    }
  }

  @Test(
    "no Foundation where rows pass",
    arguments: [
      "ExactMoney", "CSV", "Workers", "XMLStream", "ByteStreams", "Domain", "Eligibility",
      "Calculation", "Ledger", "Reports", "Documents", "Pages", "Prints", "PrintBlocks", "PDFPages",
      "payout-pdf",
    ])
  func noFoundation(room: String) throws {
    for (name, text) in try Self.sources(room) {
      #expect(!text.contains("import Foundation"), "\(room)/\(name)")
    }
  }
}
