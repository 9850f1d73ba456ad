// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/queryvocabulary.h"

namespace queuedeck::domain {

/// One way to go on with a filter.
struct Completion
{
    enum class Group { Recent, Fields, Operators, Values, Paths };

    Group group = Group::Fields;
    QString text;  ///< what stands in the filter instead of the replaced piece, once it is taken
    QString shown; ///< the whole condition: `status:failed` where `text` is `failed`
    base::Sentence note = {}; ///< beside it: "5 values"
    qint64 count = -1;        ///< jobs, or payloads of the sample for Paths; -1: not known
    QString field = {};       ///< for fieldHelp(); empty for Recent
    int path = -1;            ///< the place in QueryVocabulary::paths; -1: none
    bool isWhole = true;      ///< a condition; else a value must follow
};

/// What can follow at the caret, in groups, in the order in which it is shown.
struct Completions
{
    qsizetype from = 0;   ///< what is replaced begins here …
    qsizetype length = 0; ///< … and ends at the caret
    QString typed;        ///< the piece itself
    QVector<Completion> items;
};

/// How the filter `text` may go on at `caret`: fields, operators, values, payload paths; for an
/// empty text also filters used before. Nothing within a word or a quoted text that is not
/// understood. A completion never adds a mistake: where the rest of the text is valid, so is what
/// accepted() returns, at once or (isWhole is false) with a value after it. Pure.
Completions completionsAt(const QString& text, qsizetype caret, const QueryVocabulary& vocabulary);

/// Filters used before that contain what is in the text, to replace all of it.
Completions recentAt(const QString& text, const QueryVocabulary& vocabulary);

/// The text with the completion taken, and where the caret is then. Nothing but the replaced piece
/// changes.
struct CompletedQuery
{
    QString text;
    qsizetype caret = 0;
};
CompletedQuery accepted(const QString& text, const Completions& completions,
                        const Completion& completion);

/// The filters used before, with this one in front: at most 50, each once. A filter that is empty,
/// not valid, or that may hold a secret is not kept.
QStringList remembered(const QStringList& recent, const QString& query);

/// What a field finds and how it is written.
base::Sentence fieldHelp(const QString& field);

} // namespace queuedeck::domain
