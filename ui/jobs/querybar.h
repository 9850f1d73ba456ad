// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobfilter.h"

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>
#include <QTimer>

#include <optional>

class QToolButton;

namespace queuedeck::ui {

class Label;

/// Colours the fields and values of a filter, and underlines its error.
class FilterHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;
    void setError(const std::optional<domain::TextError>& error);

protected:
    void highlightBlock(const QString& text) override;

private:
    std::optional<domain::TextError> m_error;
};

/// One line in a fixed font; a pasted line break becomes a space.
class QueryEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit QueryEdit(QWidget* parent = nullptr);

Q_SIGNALS:
    void accepted();
    void left(); ///< Esc or Down: the table wants the focus
    void focusChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;
    void wheelEvent(QWheelEvent* event) override;
};

/// The filter as a person types it; its text is the single source of truth for what the list shows.
/// It is parsed 250 ms after the last key, and filterChanged() reports a valid filter. An error is
/// underlined and explained below; the last good list stays.
class QueryBar : public QWidget
{
    Q_OBJECT

public:
    explicit QueryBar(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text); ///< used at once
    const domain::JobFilter& filter() const { return m_filter; }
    bool hasError() const { return m_error.has_value(); }
    void setMatches(const QString& words); ///< "12,431 match"
    QueryEdit* edit() const { return m_edit; }
    void focusEdit();

Q_SIGNALS:
    void filterChanged(const queuedeck::domain::JobFilter& filter);
    /// Whether the text is a valid filter; while it is not, filter() is the last valid one.
    void validChanged(bool isValid);
    void left();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void use();
    QRect fieldRect() const;

    QWidget* m_field;
    QueryEdit* m_edit;
    FilterHighlighter* m_highlighter;
    Label* m_matches;
    QToolButton* m_clear;
    Label* m_mistake;
    QTimer m_debounce;
    domain::JobFilter m_filter;
    std::optional<domain::TextError> m_error;
};

} // namespace queuedeck::ui
