namespace Nadhir.Ingest;

/// <summary>Places as told: the names after "in", "at", "near", "north of".</summary>
static class PlaceWords
{
    public static string? Of(ReportText text, int from, int to)
    {
        for (int i = from; i + 1 < to; i++)
        {
            if (text.Tokens[i].Lower is not ("in" or "at" or "near" or "around" or "over" or "outside" or "inside" or "of" or "above" or "into")) continue;
            if (text.Tokens[i].Lower == "of" && !(i > from && text.Tokens[i - 1].Lower is "north" or "south" or "east" or "west" or "northwest" or "northeast" or "southwest" or "southeast" or "outskirts")) continue;
            int start = i + 1, end = start;
            bool named = false;
            while (end < to && end < start + 8)
            {
                Token token = text.Tokens[end];
                bool joins = token.Lower is "the" or "of" or "al" or "northern" or "southern" or "eastern" or "western" or "central"
                    || token.Kind is TokenKind.QuoteOpen or TokenKind.QuoteClose;
                bool name = token.Capital || token.Lower.StartsWith("al-", StringComparison.Ordinal);
                if (!joins && !name && !(named && token.Lower is "area" or "district" or "province" or "governorate" or "base" or "city" or "region" or "airport" or "border")) break;
                named |= name;
                end++;
            }

            while (end > start && text.Tokens[end - 1].Kind != TokenKind.Word) end--;
            while (end > start && text.Tokens[end - 1].Lower is "of" or "the") end--;
            if (named && end > start) return text.Of(text.Tokens[i].Lower == "of" ? i - 1 : start, end).Trim('“', '”', '"');
        }

        return null;
    }
}
