// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/schemabudget.h"

#include <QSet>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/adapters/std_string_adapter.hpp>
#include <valijson/validation_visitor.hpp>

// Replacements where valijson would recurse or run for as long as a schema and a payload make it.
// Include once, before anything uses a validator.
namespace valijson {

using QtVisitor = ValidationVisitor<adapters::QtJsonAdapter>;
using NameVisitor = ValidationVisitor<adapters::StdStringAdapter>; ///< for property names

namespace bounded {
using queuedeck::domain::SchemaBudget;

// More are of no use, and a payload may break a rule a million times.
constexpr size_t kMostFaults = 100;

inline void step(ValidationResults* results)
{
    SchemaBudget::current().spend();
    if (!results || results->numErrors() < kMostFaults)
        return;
    if (SchemaBudget::current().isOfAll(results))
        throw SchemaBudget::HasFaults{};
    ValidationResults::Error oldest;
    results->popError(oldest);
}

template <class Visitor>
bool validate(const Subschema& subschema, ValidationResults* results, Visitor& visitor)
{
    step(results);
    if (subschema.getAlwaysInvalid())
        return false;
    Subschema::ApplyFunction visit = [&](const constraints::Constraint& constraint) {
        return constraint.accept(visitor);
    };
    return results ? subschema.apply(visit) : subschema.applyStrict(visit);
}

// Equal values have equal keys, whatever their type.
inline void writeKey(const adapters::QtJsonAdapter& value, std::string& key)
{
    if (value.isObject()) {
        key += '{';
        for (const auto member : value.asObject()) {
            key += std::to_string(member.first.size()) + ':' + member.first;
            writeKey(member.second, key);
        }
        key += '}';
    } else if (value.isArray()) {
        key += '[';
        for (const auto item : value.asArray())
            writeKey(item, key);
        key += ']';
    } else if (value.isString()) {
        const std::string text = value.asString();
        key += 's' + std::to_string(text.size()) + ':' + text;
    } else if (value.isNumber()) {
        key += QByteArray::number(value.asDouble(), 'g', 17).toStdString() + ',';
    } else {
        key += value.isBool() ? (value.asBool() ? 't' : 'f') : '0';
    }
}
} // namespace bounded

template <>
inline bool QtVisitor::validateSchema(const Subschema& subschema)
{
    return bounded::validate(subschema, m_results, *this);
}

template <>
inline bool NameVisitor::validateSchema(const Subschema& subschema)
{
    return bounded::validate(subschema, m_results, *this);
}

// Valijson matches with std::regex, which recurses for each character and may take forever.
template <>
inline bool QtVisitor::visit(const PatternConstraint& constraint)
{
    if (!m_target.isString())
        return true;
    const auto pattern = constraint.getPattern<std::string::allocator_type>();
    if (bounded::SchemaBudget::current().matches(pattern, m_target.asString()))
        return true;
    if (m_results)
        m_results->pushError(m_context, "It does not match the pattern " + pattern + ".");
    return false;
}

template <>
inline bool NameVisitor::visit(const PatternConstraint& constraint)
{
    return bounded::SchemaBudget::current().matches(
        constraint.getPattern<std::string::allocator_type>(), m_target.asString());
}

template <>
inline bool QtVisitor::visit(const FormatConstraint& constraint)
{
    const QString format = QString::fromStdString(constraint.getFormat());
    if (!m_target.isString() ||
        queuedeck::domain::hasFormat(format, QString::fromStdString(m_target.asString())))
        return true;
    if (m_results)
        m_results->pushError(m_context, "It must be a " + format.toStdString() + ".");
    return false;
}

template <>
inline bool NameVisitor::visit(const FormatConstraint& constraint)
{
    return queuedeck::domain::hasFormat(QString::fromStdString(constraint.getFormat()),
                                        QString::fromStdString(m_target.asString()));
}

// Valijson compares each item with every other.
template <>
inline bool QtVisitor::visit(const UniqueItemsConstraint&)
{
    if (!m_target.isArray())
        return true;
    QSet<QByteArray> seen;
    for (const auto item : m_target.asArray()) {
        bounded::SchemaBudget::current().spend();
        std::string key;
        bounded::writeKey(item, key);
        const auto before = seen.size();
        seen.insert(QByteArray::fromStdString(key));
        if (seen.size() != before)
            continue;
        if (m_results)
            m_results->pushError(m_context, "It holds the same item twice.");
        return false;
    }
    return true;
}

template <>
template <>
inline bool QtVisitor::ValidatePatternPropertySubschemas::operator()(
    const std::basic_string<char, std::char_traits<char>, internal::CustomAllocator<char>>& pattern,
    const Subschema* subschema) const
{
    const std::string text(pattern.c_str());
    for (const auto member : m_object) {
        if (!bounded::SchemaBudget::current().matches(text, member.first))
            continue;
        m_propertiesMatched->insert(member.first);
        std::vector<std::string> context = m_context;
        context.push_back("[" + member.first + "]");
        ValidationVisitor validator(member.second, context, m_strictTypes, m_results,
                                    m_regexesCache);
        if (validator.validateSchema(*subschema))
            continue;
        *m_validated = false;
        if (!m_results)
            return false;
    }
    return true;
}

} // namespace valijson
