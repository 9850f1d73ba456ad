// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertrule.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLineEdit;

namespace queuedeck::ui {

class Label;

/// One condition of a rule in a line: series, test, and the numbers that this test has. Ages and
/// times are entered in minutes.
class ConditionRow : public QWidget
{
    Q_OBJECT

public:
    /// `number` is 1 for the first; only the others may be left out.
    explicit ConditionRow(int number, QWidget* parent = nullptr);

    /// None: it is left out.
    void setCondition(const std::optional<alerts::Condition>& condition);
    std::optional<alerts::Condition> condition() const;
    /// Why what is entered is no condition; empty if it is one.
    QString problem() const;
    QWidget* firstField() const;

Q_SIGNALS:
    void edited();

private:
    void seriesChosen();
    void refresh();
    void addField(QHBoxLayout* row, Label* before, QLineEdit* line, Label* after);
    std::optional<alerts::Series> series() const;
    alerts::Test test() const;
    void fillTests();

    const int m_number;
    QComboBox* m_series;
    QComboBox* m_test;
    QLineEdit* m_limit;
    Label* m_unit;
    Label* m_inWord;
    QLineEdit* m_window;
    Label* m_windowUnit;
    Label* m_leastWord;
    QLineEdit* m_least;
    Label* m_forWord;
    QLineEdit* m_lasting;
    Label* m_lastingUnit;
    alerts::Condition m_before; ///< for what is not edited here
    bool m_isShowing = false;
};

} // namespace queuedeck::ui
