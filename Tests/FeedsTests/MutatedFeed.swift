import Domain
import TestSupport

/// An element that can be changed in ways that a schema may or may not allow.
struct FeedNode {
  enum Item {
    case node(FeedNode)
    /// Written as it is.
    case text(String)
  }

  var name: String
  var attributes: [(String, String)] = []
  var items: [Item] = []

  init(_ name: String, _ attributes: [(String, String)] = [], text: String) {
    self.name = name
    self.attributes = attributes
    items = text.isEmpty ? [] : [.text(text)]
  }

  init(_ name: String, _ attributes: [(String, String)] = [], _ nodes: [FeedNode]) {
    self.name = name
    self.attributes = attributes
    items = nodes.map(Item.node)
  }

  var xml: String {
    let attributes = attributes.map { " \($0.0)=\"\($0.1)\"" }.joined()
    guard !items.isEmpty else { return "<\(name)\(attributes)/>" }
    let content = items.map { item in
      switch item {
      case .node(let node): node.xml
      case .text(let text): text
      }
    }
    let end = name.prefix { $0 != " " }
    return "<\(name)\(attributes)>\(content.joined())</\(end)>"
  }

  /// The elements in it, itself included.
  var count: Int {
    items.reduce(1) { sum, item in
      if case .node(let node) = item { sum + node.count } else { sum }
    }
  }

  /// Changes the element at a place, counted in the order of the document; 0 is this one.
  mutating func change(_ place: inout Int, _ body: (inout FeedNode) -> Void) {
    if place == 0 { body(&self) }
    place -= 1
    for index in items.indices where place >= 0 {
      guard case .node(var node) = items[index] else { continue }
      node.change(&place, body)
      items[index] = .node(node)
    }
  }
}

/// Feeds that follow the schema, and what happens to them.
enum MutatedFeed {
  /// A feed with up to three changes.
  static func make(_ generator: inout SeededGenerator) -> String {
    var feed = right(&generator)
    for _ in 0..<Int.random(in: 0...3, using: &generator) { mutate(&feed, &generator) }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + feed.xml
  }

  private static func right(_ generator: inout SeededGenerator) -> FeedNode {
    var nodes = (0..<Int.random(in: 0...2, using: &generator)).map { number in
      FeedNode("earning", [], earning(number, &generator))
    }
    if Bool.random(using: &generator) {
      let totals = ["EUR", "USD"].prefix(Int.random(in: 0...2, using: &generator)).map {
        FeedNode("total", [("currency", $0)], text: "10.00")
      }
      nodes.append(FeedNode("controlTotals", [("rows", "1")], Array(totals)))
    }
    var attributes = [("xmlns", "urn:payout:earnings:1")]
    if Bool.random(using: &generator) { attributes.append(("feedId", "F-1")) }
    if Bool.random(using: &generator) { attributes.append(("period", "2026-10")) }
    return FeedNode("earningsFeed", attributes, nodes)
  }

  private static func earning(_ number: Int, _ generator: inout SeededGenerator) -> [FeedNode] {
    let samples: [EarningField: String] = [
      .earningRate: "5%", .earningAmount: "0.50", .quantity: "3",
    ]
    return EarningField.allCases.compactMap { field in
      if let value = plainValues[field] {
        return FeedNode(field.name, text: field == .earningId ? "E-\(number)" : value)
      }
      guard Int.random(in: 0..<5, using: &generator) == 0 else { return nil }
      return FeedNode(field.name, text: samples[field] ?? "x")
    }
  }

  private static func mutate(_ feed: inout FeedNode, _ generator: inout SeededGenerator) {
    var place = Int.random(in: 0..<feed.count, using: &generator)
    let kind = Int.random(in: 0..<11, using: &generator)
    var random = generator
    feed.change(&place) { node in
      switch kind {
      case 0: if !node.items.isEmpty { node.items.remove(at: index(node.items, &random)) }
      case 1:
        if !node.items.isEmpty {
          node.items.insert(node.items[index(node.items, &random)], at: index(node.items, &random))
        }
      case 2: node.items.shuffle(using: &random)
      case 3: node.items.append(.node(FeedNode(pick(names, &random), text: "1")))
      case 4: node.items.insert(.text(pick(inserts, &random)), at: 0)
      case 5: node.items = [.text(pick(values, &random))]
      case 6: node.items = []
      case 7: node.name = pick(renamings, &random).replacing("*", with: node.name)
      case 8: node.attributes.append(pick(attributes, &random))
      case 9:
        if !node.attributes.isEmpty { node.attributes.removeLast() }
      default:
        guard node.attributes.last.map({ $0.0 != "xmlns" }) == true else { return }
        node.attributes[node.attributes.count - 1].1 = pick(attributeValues, &random)
      }
    }
    generator = random
  }

  private static func index(_ items: [FeedNode.Item], _ random: inout SeededGenerator) -> Int {
    Int.random(in: 0..<items.count, using: &random)
  }

  private static func pick<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private static let names = [
    "earning", "controlTotals", "total", "lever", "earningId", "taxCity", "x:y xmlns:x=\"urn:x\"",
    "lever xmlns=\"\"", "Lever",
  ]
  /// A blank section between elements is not among them: XSD takes it for white space, as we do,
  /// and libxml2 for a text.
  private static let inserts = [
    " ", "\n\t", "text", "<!-- comment -->", "<?target text?>", "&#x20;", "&#xA0;", "\u{FEFF}",
  ]
  private static let renamings = [
    "x:* xmlns:x=\"urn:payout:earnings:1\"", "* xmlns=\"urn:other\"", "* xmlns=\"\"", "_*",
  ]
  private static let attributes = [
    ("feedId", "x"), ("period", "2026-10"), ("rows", "1"), ("currency", "GBP"), ("other", ""),
    ("xml:lang", "en"), ("xml:space", "preserve"), ("schemaLocation", "a b"),
    ("xmlns:y", "urn:y"), ("xmlns:y=\"urn:y\" y:rows", "1"),
    ("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil", "true"),
    (
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation",
      "urn:payout:earnings:1 earnings-feed.xsd"
    ),
  ]
  private static let attributeValues = [
    "", " ", "1", "0", "-1", "+1", " 1", "01", "1.0", "1e3", "123456789012345678",
    "1234567890123456789", "2026-13", "0000-01", "2026-1", "2026-10-01", "EUR", "eur", " EUR",
    "EURO",
    "&#9;", "&#x7F;", "a&#10;b",
  ]
  private static let values =
    attributeValues + [
      "1.", ".5", "1,5", "1 000", "+1.5", "--1", "00000000000000000.5", "1.1234567890123",
      "1.123456789012", "100%", "101%", "100.0%", "0%", "1.0%", "-0", "-0.0%", "-1%", "5 %", "1.01",
      "2026-10-31", "2026-02-29", "2024-02-29", "2026-10-31T23:59:59Z", "2026-10-31T24:00:00Z",
      "2026-10-31T10:00", "2026-10-31T10:00+14:00", "2026-10-31T10:00+14:01", "2026-10-31T10+01",
      "2026-10-31T10:00:00.123456789+0130", "31.10.2026", "2026-1-1", "0000-10-31",
      "2026-10-31T10:00:60Z", "2026-10-31t10:00z", "a\tb", "a&#13;b", "a&#13;&#10;b", "a&#x85;b",
      "a\nb", "٣", "NaN", "Inf", "a&#xFFFD;", "a&#x2028;b", "USD", "JPY", "<![CDATA[10]]>",
      "1<!---->0",
    ]
}
