// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/schemaform.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace queuedeck::ui {

class Label;

/// One field of PayloadForm: its title, where its value is entered, and below what the value may
/// be, or what is wrong with it.
class FormRow : public QWidget
{
    Q_OBJECT

public:
    explicit FormRow(const domain::FormField& field, QWidget* parent = nullptr);

    const domain::FormField& field() const { return m_field; }
    QWidget* editor() const;
    int titleWidth() const;
    void setTitleWidth(int width);

    /// Shows this value (JSON; empty: none) unless what was entered means the same. False if it
    /// does not fit, which the row then says.
    bool show(const QString& value);
    using QWidget::show;

Q_SIGNALS:
    void edited(const QString& value);

private:
    QLineEdit* makeLine();
    QComboBox* makeChoice();
    QString fault(const QString& value) const;
    QString help() const;

    const domain::FormField m_field;
    Label* m_title;
    QLineEdit* m_line = nullptr; ///< one of the two
    QComboBox* m_choice = nullptr;
    Label* m_words;
    bool m_isShowing = false; ///< it is not a person who changes the editor
};

} // namespace queuedeck::ui
