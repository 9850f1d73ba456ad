// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertrule.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace queuedeck::ui {

class ConditionRow;
class Label;

/// Edits one rule in place: name, conditions, type.
class RuleEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RuleEditor(QWidget* parent = nullptr);

    void setTypes(const QStringList& types);
    void setRule(const alerts::Rule& rule);
    alerts::Rule rule() const;
    /// Why what is entered is no rule; empty if it is one.
    QString problem() const;
    void focusName();

Q_SIGNALS:
    void edited();

private:
    void refresh();
    void showProblem();

    alerts::Rule m_rule; ///< for what is not edited here
    QLineEdit* m_name;
    QVector<ConditionRow*> m_conditions;
    QComboBox* m_type;
    Label* m_words;
};

} // namespace queuedeck::ui
