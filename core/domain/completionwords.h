// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/filterlexer.h"
#include "core/domain/queryvocabulary.h"

namespace queuedeck::domain {

/// The words that completionsAt() chooses from: fields, operators and values of the filter
/// language.

struct FieldWords
{
    QString name;
    QString op; ///< what mostly follows it
    base::Sentence note;
};
const QVector<FieldWords>& fieldWords();
base::Sentence fieldNote(const FieldWords& field, const QueryVocabulary& vocabulary);

struct OperatorWords
{
    QString text;
    base::Sentence note;
};
/// Those that the field understands.
QVector<OperatorWords> operatorWords(const QString& field);

/// A value of the field that makes `before` (field and operator) a valid condition.
QString exampleAfter(const QString& field, const QString& before);

/// The values that may follow the condition's operator.
QVector<CountedWord> valuesOf(const FilterToken& term, const QueryVocabulary& vocabulary);
/// The place of the condition's path in the vocabulary; -1: none.
int pathOf(const FilterToken& term, const QueryVocabulary& vocabulary);
base::Sentence pathNote(const PayloadPath& path);

/// A value as it is written after an operator: in quotes if it must be.
QString writtenValue(const QString& value);

} // namespace queuedeck::domain
