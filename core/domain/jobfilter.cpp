// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"

#include "core/domain/filterlexer.h"
#include "core/domain/filterterms.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr int kDeepestFilter = 100;

using Kind = FilterToken::Kind;
using Node = tl::expected<FilterNode, TextError>;

// Recursive descent: any of (or) all of (and, or nothing) one (not, -, parentheses, term).
class Parser
{
public:
    explicit Parser(FilterTokens tokens)
        : m_tokens(std::move(tokens))
    {
    }

    Node run()
    {
        if (now().kind == Kind::End)
            return FilterNode{};
        Node node = anyOf(0);
        if (node && now().kind == Kind::Close)
            return wrong(now(), base::Sentence::tr("This parenthesis was never opened."));
        return node;
    }

private:
    const FilterToken& now() const { return m_tokens[m_at]; }
    static Node wrong(const FilterToken& token, const base::Sentence& message)
    {
        return tl::unexpected(TextError{token.position, token.length, message});
    }
    static FilterNode joined(FilterNode::Kind kind, std::vector<FilterNode> nodes)
    {
        if (nodes.size() == 1)
            return std::move(nodes.front());
        return FilterNode{kind, {}, std::move(nodes)};
    }

    Node anyOf(int depth)
    {
        std::vector<FilterNode> nodes;
        while (true) {
            Node node = allOf(depth);
            if (!node)
                return node;
            nodes.push_back(std::move(*node));
            if (now().kind != Kind::Or)
                return joined(FilterNode::Kind::Any, std::move(nodes));
            m_before = m_at++;
        }
    }

    Node allOf(int depth)
    {
        std::vector<FilterNode> nodes;
        while (true) {
            Node node = one(depth);
            if (!node)
                return node;
            nodes.push_back(std::move(*node));
            if (now().kind == Kind::And)
                m_before = m_at++;
            else if (now().kind == Kind::End || now().kind == Kind::Close || now().kind == Kind::Or)
                return joined(FilterNode::Kind::All, std::move(nodes));
        }
    }

    Node one(int depth)
    {
        const FilterToken& token = now();
        if (depth > kDeepestFilter)
            return wrong(token, base::Sentence::tr("The filter is nested deeper than 100 levels."));
        switch (token.kind) {
        case Kind::Minus:
        case Kind::Not: return negation(depth);
        case Kind::Open: return group(depth);
        case Kind::Text:
        case Kind::Condition: ++m_at; return makeFilterNode(token);
        case Kind::And:
        case Kind::Or:
        case Kind::Close:
        case Kind::End: break;
        }
        return missing();
    }

    Node negation(int depth)
    {
        m_before = m_at++;
        Node inner = one(depth + 1);
        if (!inner)
            return inner;
        FilterNode node{FilterNode::Kind::Not, {}, {}};
        node.children.push_back(std::move(*inner));
        return node;
    }

    Node group(int depth)
    {
        const qsizetype open = m_at;
        m_before = m_at++;
        Node inner = anyOf(depth + 1);
        if (!inner)
            return inner;
        if (now().kind != Kind::Close)
            return wrong(m_tokens[open], base::Sentence::tr("This parenthesis is not closed."));
        ++m_at;
        return inner;
    }

    // A term is missing here: the message is about the token before it, or about this one.
    Node missing() const
    {
        const FilterToken& token = now();
        if (token.kind == Kind::Close && m_before < 0)
            return wrong(token, base::Sentence::tr("This parenthesis was never opened."));
        if (m_before < 0)
            return wrong(token, base::Sentence::tr("A condition must stand before %1.")
                                    .arg(token.kind == Kind::And ? u"and"_s : u"or"_s));
        const FilterToken& before = m_tokens[m_before];
        switch (before.kind) {
        case Kind::And: return wrong(before, base::Sentence::tr("A condition must follow and."));
        case Kind::Or: return wrong(before, base::Sentence::tr("A condition must follow or."));
        case Kind::Not: return wrong(before, base::Sentence::tr("A condition must follow not."));
        case Kind::Minus:
            return wrong(before,
                         base::Sentence::tr("A condition must follow -, as in -type:bulk_import."));
        default: break;
        }
        return wrong(before, base::Sentence::tr("A condition must follow this parenthesis."));
    }

    FilterTokens m_tokens;
    qsizetype m_at = 0;
    qsizetype m_before = -1; ///< the last token that needs a condition after it
};

} // namespace

QString quotedValue(QString text)
{
    return u'"' + text.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1) + u'"';
}

tl::expected<JobFilter, TextError> JobFilter::parse(const QString& text)
{
    if (text.size() > kLongestFilter) {
        return tl::unexpected(TextError{
            kLongestFilter, text.size() - kLongestFilter,
            base::Sentence::tr("The filter has %1 characters; 4,000 is the limit.")
                .arg(QLocale(QLocale::English, QLocale::UnitedStates).toString(text.size()))});
    }
    auto tokens = lexFilter(text);
    if (!tokens)
        return tl::unexpected(tokens.error());
    auto root = Parser(std::move(*tokens)).run();
    if (!root)
        return tl::unexpected(root.error());
    JobFilter filter;
    filter.m_root = std::move(*root);
    filter.m_text = text;
    return filter;
}

JobFilter JobFilter::forStatus(const QString& status)
{
    static const QStringList kWords{u"pending"_s, u"processing"_s, u"completed"_s, u"failed"_s,
                                    u"unknown"_s};
    JobFilter filter;
    filter.m_root.kind = FilterNode::Kind::Term;
    filter.m_root.term.field = FilterTerm::Field::Status;
    filter.m_root.term.compare = FilterTerm::Compare::Is;
    filter.m_root.term.text = status;
    filter.m_text = u"status:"_s + (kWords.contains(status) ? status : quotedValue(status));
    return filter;
}

bool JobFilter::matchesAll() const
{
    return m_root.kind == FilterNode::Kind::All && m_root.children.empty();
}

} // namespace queuedeck::domain
