import Testing

@Suite("The reader of metrics that the tests use")
struct PrometheusTextTests {
    @Test(
        "It takes no page with a defect",
        arguments: [
            "# HELP a b\n# TYPE a counter\na 1", "a 1\n", "# TYPE a counter\na 1\n", "# HELP a b\na 1\n",
            "# HELP a b\n# TYPE b counter\n", "# HELP a b\n# TYPE a sum\n", "# HELP a b\\x\n# TYPE a gauge\n",
            "# HELP a b\n# TYPE a gauge\nb 1\n", "# HELP a b\n# TYPE a gauge\na x\n",
            "# HELP a b\n# TYPE a gauge\na 1\na 1\n", "# HELP a b\n# TYPE a gauge\na{b=\"\\x\"} 1\n",
            "# HELP a b\n# TYPE a gauge\na{b=\"} 1\n", "# HELP a b\n# TYPE a gauge\na{b=\"c\",b=\"c\"} 1\n",
            "# HELP a b\n# TYPE a gauge\na{b=\"c\"}1\n", "# HELP a b\n# TYPE a gauge\na{b=\"c\" 1\n",
            "# HELP a b\n# TYPE a gauge\na{} 1\n", "# HELP a b\n# TYPE a counter\na -1\n",
            "# HELP a b\n# TYPE a gauge\n# HELP a b\n# TYPE a gauge\n", "# HELP a b\n# TYPE a gauge\n\n",
            "# HELP a b\n# TYPE a histogram\na 1\n",
            "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1.0\"} 1\na_sum 1\na_count 1\n",
            "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1.0\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n",
            "# HELP a b\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 1\n",
        ]
    )
    func defects(_ page: String) {
        #expect(throws: PrometheusText.Defect.self) { try PrometheusText(page) }
    }
}
