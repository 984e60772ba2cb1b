using System.Collections.Frozen;

namespace Nadhir.Ingest;

/// <summary>The words of English reports by which one tells who says what.</summary>
static class SpeechWords
{
    /// <summary>These tell of speech wherever they stand.</summary>
    public static readonly FrozenSet<string> Plain = WordSet.Of(
        "said says told tells added adds stressed stresses stated states insisted insists reiterated asserted remarked replied commented");

    /// <summary>These do when what is said follows ("that ...", a quotation), or came before.</summary>
    public static readonly FrozenSet<string> Other = WordSet.Of(
        "confirmed confirms announced announces revealed reveals declared declares reported reports noted notes explained explains warned "
        + "warns claimed claims denied denies acknowledged acknowledges argued argues emphasised emphasized emphasises emphasizes affirmed "
        + "affirms indicated indicates disclosed testified wrote writes tweeted alleged alleges maintained maintains vowed pledged "
        + "promised admitted admits estimated estimates suggested believes believed recalled concluded observed posted clarified");

    /// <summary>Go on with what the same person says, when "that" or a quotation follows.</summary>
    public static readonly FrozenSet<string> Going = WordSet.Of(
        "adding stressing noting saying warning explaining confirming emphasising emphasizing indicating insisting claiming stating "
        + "affirming arguing announcing revealing declaring denying reiterating telling describing alleging");

    public static readonly FrozenSet<string> Pronouns = WordSet.Of("he she they it");

    public static readonly FrozenSet<string> FirstPerson = WordSet.Of("we our us ours i my me ourselves");

    public static readonly FrozenSet<string> Determiners = WordSet.Of(
        "the a an this that these those its his her their our my some several two three four five six seven eight nine ten many one another any no "
        + "all both dozens measures");

    public static readonly FrozenSet<string> Auxiliaries = WordSet.Of(
        "is are was were be been has have had will would can could may might must shall should do does did cannot won't wasn't weren't");

    /// <summary>Past tenses that do not end in -ed.</summary>
    public static readonly FrozenSet<string> Irregular = WordSet.Of(
        "took hit struck fell flew came went began led left found saw heard made gave held shot broke lost met sent set rose ran fled felt "
        + "put cut brought bought kept grew drew won spoke became");

    public static readonly FrozenSet<string> BareVerbs = WordSet.Of(
        "hold take continue pursue respond work defend protect bring seek remain ask call demand prevent stop ensure keep give open close");

    public static readonly FrozenSet<string> Clauses = WordSet.Of("while whereas but although though because when if unless since as");

    public static readonly FrozenSet<string> Adverbs = WordSet.Of("also later earlier then further reportedly repeatedly separately meanwhile previously however only");

    /// <summary>Begin an adverbial that stands before the one who speaks.</summary>
    public static readonly FrozenSet<string> Openers = WordSet.Of(
        "yesterday today earlier later meanwhile however on in at during speaking asked for after before separately also moreover "
        + "therefore thus hours days last this early late monday tuesday wednesday thursday friday saturday sunday nevertheless still");

    /// <summary>People and papers that speak without a name.</summary>
    public static readonly FrozenSet<string> Anonymous = WordSet.Of(
        "source sources official officials officer officers witness witnesses diplomat diplomats resident residents person people "
        + "employee worker commander villager eyewitness eyewitnesses doctor medic nurse driver insider aide adviser advisor engineer farmer");

    public static readonly FrozenSet<string> Background = WordSet.Of("after following amid hours days weeks");

    public static bool IsFiniteAt(IReadOnlyList<Token> tokens, int at, int from)
    {
        string word = tokens[at].Lower;
        if (tokens[at].Kind != TokenKind.Word) return false;
        if (Auxiliaries.Contains(word)) return true;
        if (Irregular.Contains(word)) return at > from && !(at + 1 < tokens.Count && tokens[at + 1].Lower == "by");
        if (!word.EndsWith("ed", StringComparison.Ordinal) || at - from < 1 || tokens[at].Capital) return false;
        // "an agreed", "agreed upon", "made by" describe; "forces entered" tells.
        return !Determiners.Contains(tokens[at - 1].Lower)
            && !(at + 1 < tokens.Count && tokens[at + 1].Lower is "by" or "upon");
    }
}
