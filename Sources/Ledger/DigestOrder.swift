import ByteStreams

/// Sorts what is filed under digests, partition by partition.
///
/// The bits of a digest are evenly spread: dealt out by those behind the partition's own, nearly
/// every element is where it belongs at once, and only the few that share a place are compared.
enum DigestOrder {
  /// Past so many elements in one place they are sorted like any others; an id that stands in
  /// every row comes to that.
  private static let insertionMax = 16

  /// - Parameters:
  ///   - elements: All of one partition, ``KnownKey/partition(of:)``, or of a part of one.
  ///   - skipping: How many bits behind the partition's own all elements share.
  ///   - precedes: By id first.
  static func sorted<Element>(
    _ elements: [Element], skipping shared: Int = 0, id: (Element) -> Hash128,
    precedes: (Element, Element) -> Bool
  ) -> [Element] {
    guard elements.count > 1 else { return elements }
    let bits = min(Int.bitWidth - elements.count.leadingZeroBitCount, 16)
    func place(_ element: Element) -> Int {
      Int(truncatingIfNeeded: (id(element).high << UInt64(8 + shared)) >> UInt64(64 - bits))
    }
    // Where each place begins; later, where it ends.
    var ends = [Int](repeating: 0, count: (1 << bits) + 1)
    for element in elements { ends[place(element) + 1] += 1 }
    for number in 1..<ends.count { ends[number] += ends[number - 1] }
    var result = elements
    for element in elements {
      let place = place(element)
      result[ends[place]] = element
      ends[place] += 1
    }
    var start = 0
    for end in ends.dropLast() where end > start {
      sort(&result, start..<end, precedes)
      start = end
    }
    return result
  }

  private static func sort<Element>(
    _ elements: inout [Element], _ range: Range<Int>, _ precedes: (Element, Element) -> Bool
  ) {
    guard range.count <= insertionMax else {
      elements[range].sort(by: precedes)
      return
    }
    for next in range.dropFirst() {
      var place = next
      while place > range.lowerBound, precedes(elements[place], elements[place - 1]) {
        elements.swapAt(place, place - 1)
        place -= 1
      }
    }
  }
}
