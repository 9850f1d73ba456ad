// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/querycompletion.h"

#include "core/domain/completionwords.h"
#include "core/domain/filterlexer.h"
#include "core/domain/jobfilter.h"

#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
using Group = Completion::Group;
using Kind = FilterToken::Kind;

constexpr qsizetype kMostRecent = 8;
constexpr qsizetype kMostValues = 12;
constexpr qsizetype kMostPaths = 12;

// The piece of the text that ends at the caret.
struct Piece
{
    qsizetype from = 0;
    QString typed;                   ///< without quotes
    std::optional<FilterToken> term; ///< a condition whose value is being typed
};

// None: the caret is within a word, or in something that cannot go on.
std::optional<Piece> pieceAt(const QString& text, qsizetype caret)
{
    if (caret < 0 || caret > text.size())
        return {};
    const QChar next = caret < text.size() ? text[caret] : QChar(u' ');
    if (!next.isSpace() && next != u')')
        return {};
    const QString before = text.left(caret);
    auto tokens = lexFilter(before);
    const bool isQuoting = !tokens;
    if (isQuoting) // perhaps within quotes
        tokens = lexFilter(before + u'"');
    if (!tokens || tokens->size() < 2)
        return tokens && !isQuoting ? std::optional(Piece{caret, {}, {}}) : std::nullopt;
    const FilterToken& last = (*tokens)[tokens->size() - 2];
    const qsizetype end = caret + (isQuoting ? 1 : 0);
    const bool touches = last.position + last.length == end;
    if (last.kind == Kind::Condition && touches) {
        Piece piece{caret, {}, last};
        if (!last.values.empty() && !before.endsWith(u',')) {
            const FilterValue& value = last.values.back();
            // One in closed quotes is finished.
            if (value.isQuoted && !isQuoting)
                return {};
            piece.from = value.position;
            piece.typed = value.text;
        }
        return isQuoting && piece.from == caret ? std::nullopt : std::optional(piece);
    }
    if (isQuoting)
        return {};
    if (last.kind == Kind::Text && touches)
        return last.values.front().isQuoted
                   ? std::nullopt
                   : std::optional(Piece{last.position, last.values.front().text, {}});
    const bool mayBegin = !touches || last.kind == Kind::Open || last.kind == Kind::Minus;
    return mayBegin ? std::optional(Piece{caret, {}, {}}) : std::nullopt;
}

class Completing
{
public:
    Completing(const QString& text, qsizetype caret, const QueryVocabulary& vocabulary)
        : m_text(text)
        , m_caret(caret)
        , m_words(vocabulary)
    {
    }

    Completions run()
    {
        const auto piece = pieceAt(m_text, m_caret);
        if (!piece)
            return {m_caret, 0, {}, {}};
        m_result.from = piece->from;
        m_result.length = m_caret - piece->from;
        m_result.typed = piece->typed;
        if (piece->term) {
            addValuesOf(*piece->term);
        } else {
            if (m_text.trimmed().isEmpty())
                addRecent();
            addFields();
            addOperators();
            addValues();
            addPaths();
        }
        return std::move(m_result);
    }

private:
    bool begins(const QString& word) const
    {
        return word.startsWith(m_result.typed, Qt::CaseInsensitive);
    }

    // Whether the text is no worse with it than before.
    void offer(const Completion& one)
    {
        if (one.text == m_text.mid(m_result.from, m_result.length))
            return; // it is there already
        const CompletedQuery done = accepted(m_text, m_result, one);
        const QString follows = one.isWhole ? QString() : exampleAfter(one.field, one.shown);
        QString whole = done.text;
        whole.insert(done.caret, follows);
        const qsizetype to = done.caret + follows.size();
        if (whole.size() > kLongestFilter)
            return;
        const auto parsed = JobFilter::parse(whole);
        const bool isElsewhere =
            !parsed && (parsed.error().position >= to ||
                        parsed.error().position + parsed.error().length <= m_result.from);
        if (parsed || isElsewhere)
            m_result.items += one;
    }

    void addRecent()
    {
        // It replaces the blanks around the caret, too.
        for (const QString& query : m_words.recent.mid(0, kMostRecent))
            offer({Group::Recent, query, query});
    }

    void addFields()
    {
        for (const FieldWords& field : fieldWords()) {
            if (begins(field.name))
                offer({Group::Fields, field.name + field.op, field.name + field.op,
                       fieldNote(field, m_words), -1, field.name, -1, false});
        }
    }

    // The ways to compare a field that is written in full.
    void addOperators()
    {
        for (const FieldWords& field : fieldWords()) {
            if (m_result.typed.compare(field.name, Qt::CaseInsensitive) != 0)
                continue;
            for (const OperatorWords& op : operatorWords(field.name)) {
                if (op.text == field.op)
                    continue; // among the fields
                offer({Group::Operators, field.name + op.text, field.name + op.text, op.note, -1,
                       field.name, -1, false});
            }
        }
    }

    // Whole conditions whose value begins with what was typed, or the condition itself.
    void addValues()
    {
        if (m_result.typed.isEmpty())
            return;
        qsizetype left = kMostValues;
        const auto add = [&](const QString& field, const QString& op, const CountedWord& word) {
            const QString shown = field + op + writtenValue(word.text);
            if (left > 0 && (begins(word.text) || begins(shown))) {
                offer({Group::Values, shown, shown, {}, word.count, field});
                --left;
            }
        };
        for (const CountedWord& status : m_words.statuses)
            add(u"status"_s, u":"_s, status);
        for (const CountedWord& condition : m_words.conditions)
            add(u"is"_s, u":"_s, condition);
        for (const CountedWord& type : m_words.types)
            add(u"type"_s, u":"_s, type);
    }

    void addPaths()
    {
        qsizetype left = kMostPaths;
        for (qsizetype i = 0; i < m_words.paths.size() && left > 0; ++i) {
            const PayloadPath& path = m_words.paths[i];
            const QString shown = path.text() + u':';
            if (!begins(shown) && std::none_of(path.keys.cbegin(), path.keys.cend(),
                                               [this](const QString& key) { return begins(key); }))
                continue;
            offer({Group::Paths, shown, shown, pathNote(path), path.found, u"payload"_s, int(i),
                   false});
            --left;
        }
    }

    // The last value of a condition whose field and operator are there.
    void addValuesOf(const FilterToken& term)
    {
        const QString before = m_text.mid(term.position, m_result.from - term.position);
        qsizetype left = kMostValues;
        for (const CountedWord& word : valuesOf(term, m_words)) {
            if (left == 0 || !begins(word.text))
                continue;
            const QString written = writtenValue(word.text);
            offer({Group::Values,
                   written,
                   before + written,
                   {},
                   word.count,
                   term.field,
                   pathOf(term, m_words)});
            --left;
        }
    }

    const QString& m_text;
    const qsizetype m_caret;
    const QueryVocabulary& m_words;
    Completions m_result;
};
} // namespace

Completions completionsAt(const QString& text, qsizetype caret, const QueryVocabulary& vocabulary)
{
    return Completing(text, caret, vocabulary).run();
}

Completions recentAt(const QString& text, const QueryVocabulary& vocabulary)
{
    Completions all{0, text.size(), text, {}};
    for (const QString& query : vocabulary.recent) {
        if (query != text && query.contains(text.trimmed(), Qt::CaseInsensitive))
            all.items += Completion{Group::Recent, query, query};
    }
    return all;
}

namespace {
// A payload's password, or an address with one in it.
bool mayHoldSecret(const FilterNode& node)
{
    static const QRegularExpression kAddress(u"://[^/\\s]*:[^/\\s]*@"_s);
    const FilterTerm& term = node.term;
    return std::any_of(term.path.cbegin(), term.path.cend(), isSecretName) ||
           kAddress.match(term.text).hasMatch() ||
           std::any_of(node.children.cbegin(), node.children.cend(), mayHoldSecret);
}
} // namespace

QStringList remembered(const QStringList& recent, const QString& query)
{
    constexpr qsizetype kMostKept = 50;
    const QString plain = query.trimmed();
    const auto filter = JobFilter::parse(plain);
    if (!filter || filter->matchesAll() || mayHoldSecret(filter->root()))
        return recent;
    QStringList all = recent;
    all.removeAll(plain);
    all.prepend(plain);
    return all.mid(0, kMostKept);
}

CompletedQuery accepted(const QString& text, const Completions& completions,
                        const Completion& completion)
{
    QString done = text;
    done.replace(completions.from, completions.length, completion.text);
    return {done, completions.from + completion.text.size()};
}

} // namespace queuedeck::domain
