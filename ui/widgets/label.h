// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QLabel>

namespace queuedeck::ui {

/// A label for data: always plain text, with a type role and a colour token that follows the theme.
class Label : public QLabel
{
    Q_OBJECT
public:
    explicit Label(const QString& text = {}, TextRole role = TextRole::Body,
                   Color color = Color::Text, QWidget* parent = nullptr);

    void setText(const QString& text); ///< hides QLabel's: see shown()
    void setRole(TextRole role);
    void setColor(Color color);

protected:
    void changeEvent(QEvent* event) override;

private:
    void recolor();
    Color m_color;
    bool m_recoloring = false;
};

/// A label that may be narrower than its text: it elides and shows the whole text as its tooltip.
class ElidedLabel : public Label
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text = {}, TextRole role = TextRole::Body,
                         Color color = Color::Text, QWidget* parent = nullptr);

    void setElideMode(Qt::TextElideMode mode)
    {
        m_mode = mode;
        update();
    }
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

/// The small capitals above a group in a sidebar or list ("STATUS").
class SectionHead : public Label
{
    Q_OBJECT
public:
    explicit SectionHead(const QString& text, QWidget* parent = nullptr);
};

/// A 1 px line in the line colour.
class Hairline : public QWidget
{
    Q_OBJECT
public:
    explicit Hairline(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace queuedeck::ui
