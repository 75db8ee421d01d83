@echo off
chcp 65001 >nul
rem Dubbelklicka: bygger tidplanen och visar mappen med Excel och webbsida. Byt budgetåret på nästa rad.
set BUDGET=«B»
set PYTHONUTF8=1
pushd "%~dp0"
where arshjul >nul 2>nul
if errorlevel 1 (
  py -m arshjul build %BUDGET%
) else (
  arshjul build %BUDGET%
)
if errorlevel 1 (
  echo.
  echo Se raderna ovan: de visar vad som ska rättas, i vilken fil och på vilken rad.
  pause
  exit /b 1
)
start "" "tidplaner\%BUDGET%"
