package import FoundationEssentials

/// The form in which SAML writes an instant.
///
/// saml-core 1.3.3: an `xs:dateTime` "expressed in UTC form". So the `Z` must be there, or the offset of zero that some
/// identity providers write for it; every other offset is refused, and so is a leap second, which nobody may generate.
/// `24:00:00` is the first instant of the next day, as `xs:dateTime` has it. Dates are of the proleptic Gregorian
/// calendar, years 0001 to 9999.
package enum SAMLInstant {
    /// The largest number of digits of a fraction of a second that is read.
    private static let maximumFractionDigits = 12
    private static let secondsPerDay = 86_400

    /// Reads an instant such as `2026-01-31T08:15:30Z`, `2026-01-31T08:15:30.123Z` or `2026-01-31T08:15:30+00:00`.
    ///
    /// - Returns: `nil` for everything that differs from the form, and for days that the calendar does not have.
    package static func parse(_ text: String) -> Date? {
        var digits = DigitReader(text)
        guard let year = digits.number(of: 4), digits.skip("-"), let month = digits.number(of: 2), digits.skip("-"),
            let day = digits.number(of: 2), digits.skip("T"), let hour = digits.number(of: 2), digits.skip(":"),
            let minute = digits.number(of: 2), digits.skip(":"), let second = digits.number(of: 2)
        else { return nil }
        var fraction = 0.0
        if digits.skip(".") {
            guard let read = digits.fraction(ofAtMost: Self.maximumFractionDigits) else { return nil }
            fraction = read
        }
        guard digits.skip("Z") || digits.skip("+00:00"), digits.isAtEnd else { return nil }

        guard year >= 1, (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, ofYear: year) else {
            return nil
        }
        let isEndOfDay = hour == 24 && minute == 0 && second == 0 && fraction == 0
        guard (0...23).contains(hour) || isEndOfDay, (0...59).contains(minute), (0...59).contains(second) else {
            return nil
        }
        let days = Self.daysSince1970(year: year, month: month, day: day)
        let seconds = days * Self.secondsPerDay + hour * 3600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    /// Writes an instant with whole seconds, `2026-01-31T08:15:30Z`.
    package static func format(_ instant: Date) -> String {
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down))
        let (date, time) = seconds.quotientAndRemainderRoundingDown(dividingBy: Self.secondsPerDay)
        let (year, month, day) = Self.civil(daysSince1970: date)
        return Self.padded(year, to: 4) + "-" + Self.padded(month, to: 2) + "-" + Self.padded(day, to: 2) + "T"
            + Self.padded(time / 3600, to: 2) + ":" + Self.padded(time / 60 % 60, to: 2) + ":"
            + Self.padded(time % 60, to: 2) + "Z"
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        case _: 31
        }
    }

    /// Counts days in eras of 400 years that begin on the first of March, so that the leap day is the last of a year.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = marchYear.quotientAndRemainderRoundingDown(dividingBy: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The inverse of ``daysSince1970(year:month:day:)``.
    private static func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainderRoundingDown(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int {
    /// Divides so that the remainder is never negative.
    fileprivate func quotientAndRemainderRoundingDown(dividingBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
