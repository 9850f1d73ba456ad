// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagnostics/findingsmodel.h"

#include "ui/diagnostics/findingwords.h"
#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using domain::CheckOutcome;
using domain::Finding;

void FindingsModel::setDiagnosis(const domain::Diagnosis& diagnosis)
{
    beginResetModel();
    m_diagnosis = diagnosis;
    m_others.clear();
    for (const CheckOutcome& check : diagnosis.checks) {
        if (check.state != CheckOutcome::State::Found)
            m_others.push_back(check);
    }
    endResetModel();
}

int FindingsModel::firstCheck() const
{
    const auto findings = int(m_diagnosis.findings.size());
    return findings > 0 ? findings + 2 : 1; // after a head each
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || m_diagnosis.checks.isEmpty())
        return 0;
    return firstCheck() + int(m_others.size());
}

const Finding* FindingsModel::findingAt(int row) const
{
    const int index = row - 1;
    return index >= 0 && index < m_diagnosis.findings.size() ? &m_diagnosis.findings[index]
                                                             : nullptr;
}

const CheckOutcome* FindingsModel::checkAt(int row) const
{
    const int index = row - firstCheck();
    return index >= 0 && index < m_others.size() ? &m_others[index] : nullptr;
}

int FindingsModel::rowOf(const QString& id) const
{
    for (int row = 1; row <= m_diagnosis.findings.size(); ++row) {
        if (findingAt(row)->id == id)
            return row;
    }
    return m_diagnosis.findings.isEmpty() ? -1 : 1;
}

Qt::ItemFlags FindingsModel::flags(const QModelIndex& index) const
{
    const bool isHead = !findingAt(index.row()) && !checkAt(index.row());
    return isHead ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    const int row = index.row();
    if (const Finding* const finding = findingAt(row)) {
        const Look look = lookOf(finding->severity, row == 1);
        const QString text = shown(finding->evidence.translated());
        const QString note = shown(finding->cause.translated());
        switch (role) {
        case Qt::DisplayRole: return text;
        case Qt::AccessibleTextRole: return u"%1: %2 %3"_s.arg(look.word, text, note);
        case Qt::ToolTipRole: return tip(text);
        case KindRole: return FindingRow;
        case NoteRole:
            return row == 1 && finding->severity != domain::Severity::Note
                       ? u"%1. %2"_s.arg(look.word, note)
                       : note;
        case IconRole: return int(look.icon);
        case ColorRole: return int(look.color);
        default: return {};
        }
    }
    if (const CheckOutcome* const check = checkAt(row)) {
        const Look look = lookOf(check->state);
        const QString text = shown(check->name.translated());
        const QString note = shown(check->note.translated());
        switch (role) {
        case Qt::DisplayRole: return text;
        case Qt::AccessibleTextRole: return u"%1: %2, %3"_s.arg(text, note, look.word);
        case Qt::ToolTipRole: return tip(u"%1: %2"_s.arg(text, note));
        case KindRole: return CheckRow;
        case NoteRole: return note;
        case IconRole: return int(look.icon);
        case ColorRole: return int(look.color);
        default: return {};
        }
    }
    const auto findings = int(m_diagnosis.findings.size());
    const bool isOfFindings = row == 0 && findings > 0;
    switch (role) {
    case Qt::DisplayRole:
        return isOfFindings
                   ? base::counted("FindingsModel", QT_TRANSLATE_NOOP("FindingsModel", "1 finding"),
                                   QT_TRANSLATE_N_NOOP("FindingsModel", "%L1 findings"), findings)
               : findings > 0
                   ? base::counted(
                         "FindingsModel", QT_TRANSLATE_NOOP("FindingsModel", "1 other check"),
                         QT_TRANSLATE_N_NOOP("FindingsModel", "%L1 other checks"), otherChecks())
                   : base::counted("FindingsModel", QT_TRANSLATE_NOOP("FindingsModel", "1 check"),
                                   QT_TRANSLATE_N_NOOP("FindingsModel", "%L1 checks"),
                                   otherChecks());
    case KindRole: return Head;
    default: return {};
    }
}

} // namespace queuedeck::ui
