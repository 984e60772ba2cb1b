using System.Collections.Immutable;

namespace Nadhir.Formats.Cap.Checking;

/// <summary>Measures a document against the grammar of its version: the verdict an XML schema validator gives.</summary>
sealed class CapSchema(CapGrammar grammar, string space, CapFindings findings)
{
    public void Check(CapNode alert)
    {
        Inside(alert, grammar.Inside("alert")!.Value);
    }

    void Inside(CapNode parent, ImmutableArray<CapSlot> slots)
    {
        Attributes(parent);
        if (!string.IsNullOrWhiteSpace(parent.Text)) Fault(parent, $"{parent.Name} has words of its own among its elements");
        int at = 0, count = 0;
        foreach (CapNode child in parent.Children)
        {
            int found = at;
            while (found < slots.Length && !Fits(slots[found], child)) found++;
            if (found == slots.Length)
            {
                Fault(child, slots.Any(slot => Fits(slot, child))
                    ? $"{child.Name} comes too late in {parent.Name}: it belongs before {(at < slots.Length ? slots[at].Name : "the end")}"
                    : $"{parent.Name} has no element {child.Name}");
                continue;
            }

            for (; at < found; at++, count = 0) Missing(parent, slots[at], count, child.Line);
            if (++count > slots[at].Most) Fault(child, $"{child.Name} is there twice in {parent.Name}");
            Child(child, slots[at]);
        }

        for (; at < slots.Length; at++, count = 0) Missing(parent, slots[at], count, parent.Line);
    }

    bool Fits(CapSlot slot, CapNode child) =>
        slot.Name == "@" ? child.IsSignature : child.Name == slot.Name && child.Space == space;

    void Missing(CapNode parent, CapSlot slot, int count, int line)
    {
        if (count < slot.Least) findings.Add(CapLayer.Schema, CapGrade.Error, line, $"{parent.Name} lacks {slot.Name}");
    }

    void Child(CapNode node, CapSlot slot)
    {
        if (slot.Name == "@") return;
        if (grammar.Inside(slot.Kind) is { } slots)
        {
            Inside(node, slots);
            return;
        }

        Attributes(node);
        if (node.Children.Count > 0) Fault(node, $"{node.Name} has elements inside, but holds text");
        else if (slot.Words.Count > 0 ? !slot.Words.Contains(node.Text) : !XsdText.Fits(slot.Kind, node.Text))
            Fault(node, $"{node.Name} '{Shown(node.Text)}' is not {Expected(slot)}");
    }

    void Attributes(CapNode node)
    {
        if (node.StrayAttribute is { } stray) Fault(node, $"{node.Name} has no attribute {stray}");
    }

    void Fault(CapNode node, string what) => findings.Add(CapLayer.Schema, CapGrade.Error, node.Line, what);

    static string Expected(CapSlot slot) => slot.Kind switch
    {
        "word" => $"one of {string.Join(", ", slot.Words.Order(StringComparer.Ordinal))}",
        "offsetTime" => "a time like 2026-03-01T04:30:15+03:00 (no fractions, no Z; UTC is -00:00)",
        "time" => "a date and time of XML schema",
        "language" => "a language tag",
        "uri" => "a URI",
        _ => $"a number ({slot.Kind})",
    };

    public static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
